using Reeve.Contract.Events;
using Reeve.Data;

namespace Reeve.Server.Events;

[Row(typeof(ReceivedEvent))]
internal static partial class ReceivedEventRow;
