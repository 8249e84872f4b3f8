using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Contract;
using Reeve.Contract.WorkPools;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools;

/// <summary>Work pools as the asking client can read them.</summary>
internal static class WorkPoolAnswer
{
    /// <summary>The last version that fails on a storage configuration with a default result storage.</summary>
    private static readonly Version LastWithoutResultStorage = new(3, 3, 7);

    public static ApiResult One(WorkPoolResponse pool, string? client, int status = 200)
    {
        if (!IsOld(client)) return ApiResult.Json(pool, status);
        var node = Old(pool);
        return ApiResult.Written(writer => node.WriteTo(writer), status);
    }

    public static ApiResult Many(List<WorkPoolResponse> pools, string? client)
    {
        if (!IsOld(client)) return ApiResult.Json(pools);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartArray();
            foreach (var pool in pools) Old(pool).WriteTo(writer);
            writer.WriteEndArray();
        });
    }

    private static JsonNode Old(WorkPoolResponse pool)
    {
        var node = JsonSerializer.SerializeToNode(pool, ReeveJson.TypeInfo<WorkPoolResponse>())!;
        node["storage_configuration"]!.AsObject().Remove("default_result_storage_block_id");
        return node;
    }

    private static bool IsOld(string? client)
    {
        if (client is null) return false;
        var end = 0;
        while (end < client.Length && (char.IsAsciiDigit(client[end]) || client[end] == '.')) end++;
        return Version.TryParse(client.AsSpan(0, end).TrimEnd('.'), out var version)
            && new Version(version.Major, version.Minor, Math.Max(version.Build, 0)) <= LastWithoutResultStorage;
    }
}
