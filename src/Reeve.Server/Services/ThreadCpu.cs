using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Reeve.Server.Services;

/// <summary>The processor time of the current thread. Where the system does not tell it, elapsed time stands in, an upper bound.</summary>
internal static partial class ThreadCpu
{
    // CLOCK_THREAD_CPUTIME_ID.
    private static readonly int Clock = OperatingSystem.IsMacOS() ? 16 : 3;

    public static TimeSpan Now =>
        !OperatingSystem.IsWindows() && GetTime(Clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
