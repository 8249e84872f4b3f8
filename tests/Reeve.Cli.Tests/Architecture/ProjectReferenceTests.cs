using System.Xml.Linq;

namespace Reeve.Cli.Tests.Architecture;

/// <summary>Holds who may know whom: the table of docs/architecture/overview.md.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Reeve.Core"] = [],
        ["Reeve.Settings"] = [],
        ["Reeve.Contract"] = ["Reeve.Core"],
        ["Reeve.Data"] = ["Reeve.Contract", "Reeve.Settings"],
        ["Reeve.Server"] = ["Reeve.Data"],
        ["Reeve.Client"] = ["Reeve.Contract"],
        ["Reeve.Worker"] = ["Reeve.Client", "Reeve.Settings"],
        ["Reeve.Cli"] = ["Reeve.Server", "Reeve.Worker"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Reeve.Core"] = ["NodaTime"],
        ["Reeve.Contract"] = [],
        ["Reeve.Client"] = [],
        ["Reeve.Worker"] = [],
    };

    [Fact]
    public void A_project_references_only_those_it_may_know()
    {
        foreach (var file in Projects())
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var references = References(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Where(static r => r != "Reeve.Generators");
            Assert.True(Allowed.ContainsKey(name), $"{name} is not in the table of docs/architecture/overview.md");
            Assert.Empty(references.Except(Allowed[name]));
        }
    }

    [Fact]
    public void The_pure_and_the_shared_projects_bring_no_other_library()
    {
        foreach (var (name, packages) in AllowedPackages)
        {
            Assert.Empty(References(Projects().Single(file => Path.GetFileNameWithoutExtension(file) == name), "PackageReference").Except(packages));
        }
    }

    private static IEnumerable<string> References(string file, string kind) =>
        XDocument.Load(file).Descendants(kind).Select(static item => item.Attribute("Include")!.Value.Replace('\\', '/'));

    private static List<string> Projects()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Reeve.slnx")))
            {
                return [.. Directory.EnumerateFiles(Path.Combine(folder.FullName, "src"), "*.csproj", SearchOption.AllDirectories)];
            }
        }
        throw new InvalidOperationException("The tests must run inside a checkout: no Reeve.slnx above them.");
    }
}
