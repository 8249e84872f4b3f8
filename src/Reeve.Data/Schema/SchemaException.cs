using System.Data.Common;

namespace Reeve.Data.Schema;

/// <summary>A database cannot be brought to, or taken from, the schema; the message says what to do about it.</summary>
public sealed class SchemaException : Exception
{
    public SchemaException(string message) : base(message)
    {
    }

    public SchemaException(string message, DbException inner) : base(message, inner)
    {
    }
}
