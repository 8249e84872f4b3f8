using System.Globalization;

namespace Reeve.Bench;

/// <summary>Words, then <c>--name value</c> pairs.</summary>
internal sealed class BenchOptions(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> values)
{
    public static BenchOptions Parse(string[] args)
    {
        var words = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length) values[args[i][2..]] = args[++i];
            else words.Add(args[i]);
        }
        return new BenchOptions(words, values);
    }

    public string? Word(int at) => at < words.Count ? words[at] : null;

    public string? Text(string name) => values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
