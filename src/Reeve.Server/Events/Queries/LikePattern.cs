using System.Text;

namespace Reeve.Server.Events.Queries;

/// <summary>The patterns of label filters as SQL knows them: <c>*</c> is any text and <c>?</c> any character.</summary>
internal static class LikePattern
{
    public static string ToLike(string pattern)
    {
        var like = new StringBuilder(pattern.Length + 8);
        foreach (var c in pattern)
        {
            switch (c)
            {
                case '*': like.Append('%'); break;
                case '?': like.Append('_'); break;
                case '\\' or '%' or '_': like.Append('\\').Append(c); break;
                default: like.Append(c); break;
            }
        }
        return like.ToString();
    }
}
