namespace Reeve.Contract.Ui;

public sealed class SchemaValuesValidationResponse
{
    public List<SchemaValueError> Errors { get; set; } = [];

    public bool Valid { get; set; }
}
