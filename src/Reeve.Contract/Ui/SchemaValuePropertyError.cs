namespace Reeve.Contract.Ui;

public sealed class SchemaValuePropertyError : SchemaValueError
{
    public string Property { get; set; } = "";

    public List<SchemaValueError> Errors { get; set; } = [];
}
