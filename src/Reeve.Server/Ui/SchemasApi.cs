using Reeve.Contract.Ui;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Ui;

/// <summary>Checks the values of a form against the schema the form was made from.</summary>
internal sealed class SchemasApi(Db db)
{
    public void Map(ApiRoutes api) => api.Post("/ui/schemas/validate", ValidateAsync);

    private async Task<ApiResult> ValidateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<SchemaValuesValidationRequest>();
        var schema = SchemaPreprocessor.Preprocess(JsonTree.Parse(body.Schema.Utf8));
        if (SchemaValidator.SchemaProblem(schema) is { } problem) throw ApiException.Detail(422, "Invalid schema: " + problem);
        var context = new HydrationContext
        {
            Variables = await VariablesAsync(call.Cancel),
            CheckTemplate = static text => Template.Validate(text)?.Message,
        };
        var values = SchemaHydrator.Hydrate(JsonTree.Parse(body.Values.Utf8), context);
        try
        {
            var errors = SchemaValidator.Validate(schema, values, new SchemaOptions(Preprocess: false));
            return ApiResult.Written(writer => SchemaErrorTree.WriteResponse(writer, SchemaErrorTree.Build(errors)));
        }
        catch (SchemaException error)
        {
            throw ApiException.Detail(422, error.Message.StartsWith("Invalid schema: ", StringComparison.Ordinal) ? error.Message : "Invalid schema: " + error.Message);
        }
    }

    private async Task<Dictionary<string, object?>> VariablesAsync(CancellationToken cancel)
    {
        var variables = await db.ListAsync(
            $"select name, value from variable", static row => (Name: row.GetString(0), Value: JsonTree.Parse(row.GetJson(1).Utf8)), cancel);
        return variables.ToDictionary(static variable => variable.Name, static variable => variable.Value);
    }
}
