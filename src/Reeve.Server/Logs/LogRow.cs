using Reeve.Contract.Logs;
using Reeve.Data;

namespace Reeve.Server.Logs;

[Row(typeof(Log))]
internal static partial class LogRow;
