using Reeve.Contract.Concurrency;
using Reeve.Data;

namespace Reeve.Server.Concurrency;

[Row(typeof(ConcurrencyLimitV2))]
internal static partial class ConcurrencyLimitRow;
