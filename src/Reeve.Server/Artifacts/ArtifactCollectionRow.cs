using Reeve.Contract.Artifacts;
using Reeve.Data;

namespace Reeve.Server.Artifacts;

[Row(typeof(ArtifactCollection), Rename = ["Metadata=metadata_"])]
internal static partial class ArtifactCollectionRow;
