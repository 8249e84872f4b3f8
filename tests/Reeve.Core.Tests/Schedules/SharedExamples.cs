using System.Text.Json;

namespace Reeve.Core.Tests.Schedules;

/// <summary>The worked examples of the contract, where the checkout has them beside it.</summary>
internal static class SharedExamples
{
    public static JsonElement? Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "shared", "contract", "schedule_examples.json");
            if (File.Exists(file))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                return document.RootElement.Clone();
            }
        }

        return null;
    }
}
