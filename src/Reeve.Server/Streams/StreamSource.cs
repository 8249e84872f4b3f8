using Reeve.Data;

namespace Reeve.Server.Streams;

/// <summary>Where the things come from that a <see cref="StreamService{T}"/> shows, and how one is sent.</summary>
/// <param name="Topic">The topic whose messages carry them, as JSON.</param>
/// <param name="Woken">The signal that wakes the service.</param>
/// <param name="StoredElsewhere">The signal by which other processes tell that they stored some, where they do.</param>
/// <param name="Table">The table that keeps them, with the columns id and updated.</param>
/// <param name="Word">A message's type, and the member of it that holds the thing.</param>
/// <param name="IdOf">Tells one from another.</param>
internal sealed record StreamSource<T>(string Topic, string Woken, string? StoredElsewhere, SqlText Table, string Word, Func<T, Guid> IdOf);
