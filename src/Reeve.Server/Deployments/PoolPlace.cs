using Reeve.Core;

namespace Reeve.Server.Deployments;

/// <summary>A work pool as a deployment needs to know it.</summary>
internal sealed record PoolPlace(Guid Id, string Name, string Type, Guid? DefaultQueueId, string? DefaultQueueName, RawJson Template);
