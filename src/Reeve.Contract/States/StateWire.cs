using System.Text.Json.Serialization;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.States;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FlowRunPolicy))]
[JsonSerializable(typeof(List<State>))]
[JsonSerializable(typeof(OrchestrationResult))]
[JsonSerializable(typeof(SetStateDetails))]
[JsonSerializable(typeof(SetStateRequest))]
[JsonSerializable(typeof(State))]
[JsonSerializable(typeof(StateAbortDetails))]
[JsonSerializable(typeof(StateAcceptDetails))]
[JsonSerializable(typeof(StateDetails))]
[JsonSerializable(typeof(StateRejectDetails))]
[JsonSerializable(typeof(StateType))]
[JsonSerializable(typeof(StateWaitDetails))]
[JsonSerializable(typeof(TaskRunPolicy))]
internal sealed partial class StateWire : JsonSerializerContext;
