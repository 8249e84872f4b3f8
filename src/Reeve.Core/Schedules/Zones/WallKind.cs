namespace Reeve.Core.Schedules.Zones;

/// <summary>What the clocks of a zone make of a wall time.</summary>
internal enum WallKind
{
    /// <summary>It happens once.</summary>
    Ordinary,

    /// <summary>Clocks go back over it: it happens twice.</summary>
    Repeated,

    /// <summary>Clocks jump over it: it does not happen.</summary>
    Skipped,
}
