using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Reeve.Contract.Admin;
using Reeve.Contract.Artifacts;
using Reeve.Contract.Automations;
using Reeve.Contract.Blocks;
using Reeve.Contract.Concurrency;
using Reeve.Contract.Deployments;
using Reeve.Contract.Errors;
using Reeve.Contract.Events;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.Json;
using Reeve.Contract.Logs;
using Reeve.Contract.SavedSearches;
using Reeve.Contract.States;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Contract.Variables;
using Reeve.Contract.WorkPools;
using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract;

/// <summary>The one way the wire types become JSON and back.</summary>
public static class ReeveJson
{
    /// <summary>
    /// Members in snake case and in declaration order, nulls included, absent <see cref="Optional{T}"/> members left out, text unescaped.
    /// Whatever cannot be read is a <see cref="JsonException"/>; unknown members are skipped.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>How <typeparamref name="T"/> is written and read.</summary>
    /// <exception cref="NotSupportedException">The type is none of the wire types.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>
    /// How a client writes a request: as <see cref="TypeInfo{T}"/>, but a member that is null is left out, since to many a
    /// server null is not the same as absent. A null that is meant is sent by an <see cref="Optional{T}"/>.
    /// </summary>
    public static JsonTypeInfo<T> RequestTypeInfo<T>() => (JsonTypeInfo<T>)RequestOptions.Value.GetTypeInfo(typeof(T));

    private static readonly Lazy<JsonSerializerOptions> RequestOptions = new(static () =>
    {
        var options = new JsonSerializerOptions(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.MakeReadOnly();
        return options;
    });

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = RawJson.MaxDepth,
            RespectNullableAnnotations = true,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                CommonWire.Default,
                AdminWire.Default,
                ArtifactWire.Default,
                AutomationWire.Default,
                BlockWire.Default,
                ConcurrencyWire.Default,
                DeploymentWire.Default,
                ErrorWire.Default,
                EventWire.Default,
                FilterWire.Default,
                FlowRunWire.Default,
                FlowWire.Default,
                LogWire.Default,
                SavedSearchWire.Default,
                StateWire.Default,
                TaskRunWire.Default,
                UiWire.Default,
                VariableWire.Default,
                WorkPoolWire.Default).WithAddedModifier(Adjust),
        };
        AddConverters(options.Converters);
        options.MakeReadOnly();
        return options;
    }

    private static void AddConverters(IList<JsonConverter> converters)
    {
        converters.Add(new IntegerConverter());
        converters.Add(new LongConverter());
        converters.Add(new RealConverter());
        converters.Add(new BooleanConverter());
        converters.Add(new GuidConverter());
        converters.Add(new InstantConverter());
        converters.Add(new DurationConverter());
        converters.Add(new OneOrManyConverter<ResourceSpecification>());
        converters.Add(new OneOrManyConverter<EventRelatedFilter>());
        converters.Add(new OneOrManyConverter<EventAnyResourceFilter>());

        // A generic converter cannot be made at run time in a native binary, so each kind of optional member is listed.
        converters.Add(new OptionalConverter<bool>());
        converters.Add(new OptionalConverter<bool?>());
        converters.Add(new OptionalConverter<int?>());
        converters.Add(new OptionalConverter<double?>());
        converters.Add(new OptionalConverter<string?>());
        converters.Add(new OptionalConverter<Guid?>());
        converters.Add(new OptionalConverter<DateTimeOffset?>());
        converters.Add(new OptionalConverter<RawJson>());
        converters.Add(new OptionalConverter<List<RawJson>?>());
        converters.Add(new OptionalConverter<List<string>?>());
        converters.Add(new OptionalConverter<List<AutomationAction>>());
        converters.Add(new OptionalConverter<List<DeploymentScheduleUpdate>>());
        converters.Add(new OptionalConverter<ConcurrencyOptions?>());
        converters.Add(new OptionalConverter<FlowRunPolicy>());
        converters.Add(new OptionalConverter<QueueFilter?>());
        converters.Add(new OptionalConverter<Schedule?>());
        converters.Add(new OptionalConverter<Trigger>());
        converters.Add(new OptionalConverter<VersionInfo?>());
        converters.Add(new OptionalConverter<WorkPoolStorageConfiguration?>());
    }

    private static void Adjust(JsonTypeInfo typeInfo)
    {
        // State details are stored as a document, which remembers the offset its times were written with.
        var keepsOffsets = typeInfo.Type == typeof(StateDetails);
        foreach (var property in typeInfo.Properties)
        {
            if (keepsOffsets && property.PropertyType == typeof(DateTimeOffset?))
                property.CustomConverter = new OffsetInstantConverter();
            if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>))
                property.ShouldSerialize = static (_, value) => value is IOptional { HasValue: true };
        }
    }
}
