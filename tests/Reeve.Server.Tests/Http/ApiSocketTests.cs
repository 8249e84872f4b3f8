using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Reeve.Server.Http.WebSockets;

namespace Reeve.Server.Tests.Http;

public sealed class ApiSocketTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bytes_that_a_read_may_still_be_written_to_are_given_to_nobody_else(bool isReading)
    {
        using var silent = new SilentSocket();
        var socket = new ApiSocket(silent, new DefaultHttpContext(), default, default, null);
        var read = socket.ReceiveAsync();
        Assert.True(MemoryMarshal.TryGetArray<byte>(silent.Asked, out var bytes));
        if (!isReading) silent.Answer.SetResult(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true));
        Assert.Equal(!isReading, read.IsCompleted);

        socket.Dispose();

        // The pool gives what a thread gave back last to that thread first.
        var next = ArrayPool<byte>.Shared.Rent(16 * 1024);
        Assert.Equal(!isReading, ReferenceEquals(bytes.Array, next));
    }
}
