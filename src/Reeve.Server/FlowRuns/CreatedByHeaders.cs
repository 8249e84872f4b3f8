using System.Text;
using Reeve.Contract;

namespace Reeve.Server.FlowRuns;

/// <summary>The automation that a request says it acts for.</summary>
internal static class CreatedByHeaders
{
    public static CreatedBy? Read(HttpRequest request)
    {
        if (!Guid.TryParse(request.Headers["prefect-automation-id"].ToString(), out var id)) return null;
        var name = request.Headers["prefect-automation-name"].ToString();
        if (name.Length == 0) return null;
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(name));
            return text.Length == 0 ? null : new CreatedBy { Id = id, Type = "AUTOMATION", DisplayValue = text };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
