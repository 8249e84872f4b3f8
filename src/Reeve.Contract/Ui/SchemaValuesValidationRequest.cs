using Reeve.Core;

namespace Reeve.Contract.Ui;

public sealed class SchemaValuesValidationRequest
{
    public RawJson Schema { get; set; } = RawJson.EmptyObject;

    public RawJson Values { get; set; } = RawJson.EmptyObject;
}
