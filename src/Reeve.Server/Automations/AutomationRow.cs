using Reeve.Contract.Automations;
using Reeve.Data;

namespace Reeve.Server.Automations;

[Row(typeof(Automation))]
internal static partial class AutomationRow;
