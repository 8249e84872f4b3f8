namespace Reeve.Contract.OpenApi;

internal enum ScalarKind
{
    Boolean,
    Uuid,
    Instant,
    Duration,
    Null,
}
