using Reeve.Core;

namespace Reeve.Server.Deployments;

/// <summary>One column of a deployment that gets another value, as its event tells it.</summary>
internal sealed record DeploymentChange(string Column, RawJson From, RawJson To);
