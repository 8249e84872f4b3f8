using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>Typed configuration kept on the server, secrets encrypted: types, their schemas, and documents of them.</summary>
internal static class BlocksFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<BlockCipher>();
        services.AddSingleton<BlockTypeStore>();
        services.AddSingleton<BlockSchemaStore>();
        services.AddSingleton<BlockDocumentStore>();
        services.AddSingleton<BlockCatalogStore>();
        services.AddSingleton<BlockTypesApi>();
        services.AddSingleton<BlockSchemasApi>();
        services.AddSingleton<BlockDocumentsApi>();
        services.AddHostedService<BlockRegistration>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<BlockTypesApi>().Map(api);
        api.Services.GetRequiredService<BlockSchemasApi>().Map(api);
        api.Services.GetRequiredService<BlockDocumentsApi>().Map(api);
    }
}
