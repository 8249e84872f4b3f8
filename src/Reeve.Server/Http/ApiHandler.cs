namespace Reeve.Server.Http;

/// <summary>A route's handler: binds from the call, asks the stores, shapes the answer.</summary>
internal delegate Task<ApiResult> ApiHandler(ApiCall call);
