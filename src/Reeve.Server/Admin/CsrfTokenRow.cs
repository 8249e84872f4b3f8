using Reeve.Contract.Admin;
using Reeve.Data;

namespace Reeve.Server.Admin;

[Row(typeof(CsrfToken))]
internal static partial class CsrfTokenRow;
