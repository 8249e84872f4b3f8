namespace Reeve.Data.Schema;

/// <summary>What a database turns out to hold.</summary>
public enum SchemaKind
{
    /// <summary>No tables at all, or only an empty <c>alembic_version</c>.</summary>
    Empty,

    /// <summary>The tables of the Prefect revision this program works with.</summary>
    PrefectAtHead,

    /// <summary>A Prefect revision this program knows, but older than the one it works with.</summary>
    OlderPrefect,

    /// <summary>A Prefect revision this program has never heard of: most likely a newer one.</summary>
    NewerOrUnknownPrefect,

    /// <summary>Tables, but none that say they are Prefect's.</summary>
    Unknown,
}
