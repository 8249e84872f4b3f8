using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Reeve.Server.Http;

/// <summary>Compresses answers that gain by it: those of at least <see cref="Least"/> bytes, or of unknown length.</summary>
internal sealed class SizedCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>Bytes, as the contract has it.</summary>
    public const int Least = 500;

    public override bool ShouldCompressResponse(HttpContext context) =>
        !(context.Response.ContentLength < Least) && base.ShouldCompressResponse(context);
}
