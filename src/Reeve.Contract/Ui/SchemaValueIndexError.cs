namespace Reeve.Contract.Ui;

public sealed class SchemaValueIndexError : SchemaValueError
{
    public int Index { get; set; }

    public List<SchemaValueError> Errors { get; set; } = [];
}
