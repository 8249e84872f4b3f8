namespace Reeve.Core.Templates;

/// <summary>Why a text is refused as a template. Lines count from 1; line 0 stands for the template as a whole.</summary>
public sealed record TemplateProblem(int Line, string Message, string Source);
