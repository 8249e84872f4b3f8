using Reeve.Contract.Events;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Templates;

/// <summary>An event as templates see it.</summary>
internal sealed class EventObject(ReceivedEvent told, UiUrls urls) : WireObject("ReceivedEvent", (JsonMap)JsonTree.Parse(JsonText.Of(told).Utf8)!)
{
    public ReceivedEvent Told => told;

    public override bool TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "resource":
                value = new ResourceObject(told.Resource);
                return true;
            case "related":
                value = TemplateValue.List(told.Related.Select(static resource => new ResourceObject(resource)));
                return true;
            case "involved_resources":
                value = TemplateValue.List(told.Related.Prepend(told.Resource).Select(static resource => new ResourceObject(resource)));
                return true;
            case "resource_in_role":
                value = TemplateValue.Dict(ByRole().Select(static role => KeyValuePair.Create(role.Key, (object?)role.First())));
                return true;
            case "resources_in_role":
                value = TemplateValue.Dict(ByRole().Select(static role => KeyValuePair.Create(role.Key, (object?)TemplateValue.List(role))));
                return true;
            case "url":
                value = urls.Of(this);
                return true;
            default:
                return base.TryGetAttribute(name, out value);
        }
    }

    private IEnumerable<IGrouping<string, ResourceObject>> ByRole() => told.Related
        .Where(static resource => resource.ContainsKey(EventLabels.Role))
        .GroupBy(static resource => resource[EventLabels.Role], static resource => new ResourceObject(resource));
}
