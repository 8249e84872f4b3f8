using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Server.Concurrency;

/// <summary>A lease that is asked for.</summary>
/// <param name="Id">The id it is to get.</param>
/// <param name="Ttl">How long it lasts if nobody renews it.</param>
/// <param name="Holder">Whom it is for, if that was said.</param>
internal sealed record WantedLease(Guid Id, TimeSpan Ttl, LeaseHolder? Holder);
