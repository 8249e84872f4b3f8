using System.Globalization;
using System.Reflection;

namespace Reeve.Data.Schema;

/// <summary>The migrations of one dialect, read from the embedded files.</summary>
public sealed class MigrationCatalogue
{
    private const string UpSuffix = ".up.sql";
    private const string DownSuffix = ".down.sql";

    private MigrationCatalogue(Migration baseline, IReadOnlyList<Migration> own, IReadOnlyList<string> prefectRevisions)
    {
        Baseline = baseline;
        Own = own;
        PrefectRevisions = prefectRevisions;
    }

    /// <summary>Migration 0: the tables of a Prefect server.</summary>
    public Migration Baseline { get; }

    /// <summary>Our own migrations, ascending from 1.</summary>
    public IReadOnlyList<Migration> Own { get; }

    /// <summary>Prefect's own revisions, oldest first.</summary>
    public IReadOnlyList<string> PrefectRevisions { get; }

    /// <summary>The Prefect revision this program works with.</summary>
    public string PrefectHead => PrefectRevisions[^1];

    /// <summary>The highest number of our own migrations.</summary>
    public int Last => Own.Count == 0 ? 0 : Own[^1].Number;

    /// <summary>The catalogue of files; the key is the file name.</summary>
    /// <exception cref="FormatException">A half of a pair is missing, a number is used twice or left out.</exception>
    public static MigrationCatalogue Create(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var migrations = new List<Migration>();
        foreach (var (file, up) in files.Where(f => f.Key.EndsWith(UpSuffix, StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var stem = file[..^UpSuffix.Length];
            if (stem.Length < 6 || stem[4] != '_' || !int.TryParse(stem.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"'{file}' is not named NNNN_name{UpSuffix}.");
            if (number != migrations.Count)
                throw new FormatException($"'{file}' should have the number {migrations.Count:D4}: numbers go up by one and none is used twice.");
            if (!files.TryGetValue(stem + DownSuffix, out var down))
                throw new FormatException($"'{file}' has no '{stem}{DownSuffix}' beside it.");
            migrations.Add(new Migration(number, stem[5..], MigrationScript.Parse(up), MigrationScript.Parse(down)));
        }

        if (files.Keys.Count(f => f.EndsWith(DownSuffix, StringComparison.Ordinal)) != migrations.Count)
            throw new FormatException($"A '{DownSuffix}' file has no '{UpSuffix}' beside it.");
        var revisions = files["revisions.txt"].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new MigrationCatalogue(migrations[0], migrations[1..], revisions);
    }

    internal static MigrationCatalogue Load(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"schema/{folder}/";
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            files.Add(name[prefix.Length..], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }

        return Create(files);
    }
}
