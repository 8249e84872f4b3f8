namespace Reeve.Contract.Logs;

public sealed class LogFilterTextSearch
{
    public string Query { get; set; } = "";
}
