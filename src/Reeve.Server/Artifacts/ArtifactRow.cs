using Reeve.Contract.Artifacts;
using Reeve.Data;

namespace Reeve.Server.Artifacts;

[Row(typeof(Artifact), Rename = ["Metadata=metadata_"])]
internal static partial class ArtifactRow;
