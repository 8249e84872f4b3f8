namespace Reeve.Contract.Events;

public sealed class EventNameFilter
{
    public List<string>? Prefix { get; set; }

    public List<string>? ExcludePrefix { get; set; }

    public List<string>? Name { get; set; }

    public List<string>? ExcludeName { get; set; }
}
