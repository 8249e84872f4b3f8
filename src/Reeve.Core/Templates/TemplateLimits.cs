namespace Reeve.Core.Templates;

/// <summary>What a template may consume. The first three are part of the wire's messages; the others keep one render small.</summary>
public static class TemplateLimits
{
    /// <summary>Items of one <c>range()</c>.</summary>
    public const int Range = 100;

    /// <summary>For blocks of one template.</summary>
    public const int Loops = 10;

    /// <summary>For blocks within each other.</summary>
    public const int LoopDepth = 2;

    /// <summary>Steps of one render: statements, expressions and items iterated over.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Characters of one text, be it the output or something on the way there.</summary>
    public const int Characters = 4_000_000;

    /// <summary>Macros and loops that call themselves.</summary>
    public const int CallDepth = 60;

    /// <summary>Bits of one integer.</summary>
    public const int IntegerBits = 20_000;
}
