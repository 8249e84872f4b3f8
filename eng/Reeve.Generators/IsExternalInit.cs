namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for netstandard2.0, which the compiler asks of its plug-ins.</summary>
internal static class IsExternalInit;
