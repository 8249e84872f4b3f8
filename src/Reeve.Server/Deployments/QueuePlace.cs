using Reeve.Data;

namespace Reeve.Server.Deployments;

/// <summary>The work queue something goes to.</summary>
/// <param name="Id">As SQL, because a queue that is only now created may turn out to be somebody else's.</param>
/// <param name="LikelyId">The id it has in all likelihood.</param>
/// <param name="Name">The queue's name.</param>
/// <param name="Pool">The pool it is in.</param>
internal sealed record QueuePlace(Sql Id, Guid LikelyId, string Name, PoolPlace Pool);
