namespace Reeve.Server.Http;

/// <summary>A page as <c>paginate</c> routes count it, from 1.</summary>
internal readonly record struct Paging(int Page, int Limit)
{
    public int Offset => (int)Math.Min((Page - 1L) * Limit, int.MaxValue);

    public int Pages(int count) => Limit == 0 ? 0 : (count + Limit - 1) / Limit;
}
