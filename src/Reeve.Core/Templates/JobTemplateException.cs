namespace Reeve.Core.Templates;

/// <summary>A job template refers to something that cannot be put in its place.</summary>
public sealed class JobTemplateException(string message) : Exception(message);
