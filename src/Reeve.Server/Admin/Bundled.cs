using System.Reflection;

namespace Reeve.Server.Admin;

/// <summary>Documents that are part of the program.</summary>
internal static class Bundled
{
    /// <summary>The document as it was embedded; read anew each time, since these are asked for rarely.</summary>
    public static ReadOnlyMemory<byte> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
