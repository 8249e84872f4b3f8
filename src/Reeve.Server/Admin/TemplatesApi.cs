using Reeve.Core.Templates;
using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>Checks a template before somebody stores it, for forms that edit one.</summary>
internal sealed class TemplatesApi
{
    public void Map(ApiRoutes api)
    {
        api.Post("/templates/validate", ValidateAsync);
        api.Post("/automations/templates/validate", ValidateAsync);
    }

    private static async Task<ApiResult> ValidateAsync(ApiCall call)
    {
        var source = await call.TextBodyAsync();
        if (Template.Validate(source) is not { } problem) return ApiResult.NoContent;
        return ApiResult.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteNumber("line", problem.Line);
            writer.WriteString("message", problem.Message);
            writer.WriteString("source", problem.Source);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }, 422);
    }
}
