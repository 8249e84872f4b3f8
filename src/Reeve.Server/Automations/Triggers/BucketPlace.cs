namespace Reeve.Server.Automations.Triggers;

/// <summary>Where a bucket is: one for each automation, event trigger and key.</summary>
internal readonly record struct BucketPlace(Guid Automation, Guid Trigger, string Key);
