using System.Text.Json.Serialization;

namespace Reeve.Contract.Ui;

/// <summary>What is wrong with a value: a message, or errors below one of its properties or items.</summary>
[JsonConverter(typeof(SchemaValueErrorConverter))]
public abstract class SchemaValueError
{
    private protected SchemaValueError()
    {
    }
}
