using Reeve.Contract.Variables;
using Reeve.Data;

namespace Reeve.Server.Variables;

[Row(typeof(Variable))]
internal static partial class VariableRow;
