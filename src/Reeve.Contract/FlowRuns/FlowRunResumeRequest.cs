using Reeve.Core;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunResumeRequest
{
    public RawJson RunInput { get; set; }
}
