namespace Reeve.Contract.OpenApi;

/// <summary>
/// What the document does not say of its schemas: rules beyond its vocabulary, durations it calls numbers, keys of the past.
/// What needs the database or a setting is a handler's to check.
/// </summary>
internal static class SchemaChecks
{
    private static readonly string[] RetiredDeploymentKeys =
        ["worker_pool_queue_id", "worker_pool_name", "worker_pool_queue_name", "work_pool_queue_name"];

    /// <summary>The rule over a whole value of a named schema.</summary>
    public static SchemaCheck? Of(string schema) => schema switch
    {
        "Resource" => EventChecks.Resource,
        "RelatedResource" => EventChecks.RelatedResource,
        "IntervalSchedule" => ScheduleChecks.Interval,
        "CronSchedule" => ScheduleChecks.Cron,
        "RRuleSchedule" => ScheduleChecks.RRule,
        "EventTrigger" => AutomationChecks.EventTrigger,
        "CompoundTrigger-Input" => AutomationChecks.CompoundTrigger,
        "RunDeployment" or "PauseDeployment" or "ResumeDeployment" => AutomationChecks.SelectedDeployment,
        "PauseWorkPool" or "ResumeWorkPool" => AutomationChecks.SelectedWorkPool,
        "PauseWorkQueue" or "ResumeWorkQueue" => AutomationChecks.SelectedWorkQueue,
        "PauseAutomation" or "ResumeAutomation" => AutomationChecks.SelectedAutomation,
        "BlockDocumentCreate" => NameChecks.BlockDocument,
        "DeploymentCreate" or "DeploymentUpdate" => DeploymentChecks.OneLimit,
        _ => null,
    };

    /// <summary>The rule over one member of a named schema.</summary>
    public static SchemaCheck? Of(string schema, string member) => (schema, member) switch
    {
        ("BlockDocumentCreate", "name") => NameChecks.BlockDocumentName,
        ("BlockTypeCreate", "slug") => NameChecks.BlockTypeSlug,
        ("ArtifactCreate", "key") => NameChecks.ArtifactKey,
        ("VariableCreate" or "VariableUpdate", "name") => NameChecks.VariableName,
        ("VariableCreate" or "VariableUpdate", "value") => NameChecks.VariableValue,
        ("WorkPoolCreate", "name") => NameChecks.WorkPoolName,
        ("WorkPoolCreate" or "WorkPoolUpdate", "base_job_template") => DeploymentChecks.BaseJobTemplate,
        ("TaskRunPolicy", "retry_delay") => DeploymentChecks.RetryDelay,
        ("TaskRunPolicy", "retry_jitter_factor") => DeploymentChecks.RetryJitter,
        ("EventTrigger", "within") or ("RunDeployment", "schedule_after") => AutomationChecks.NotNegative,
        ("SendNotification", "subject" or "body") or ("CallWebhook", "payload") => AutomationChecks.TemplateText,
        _ => null,
    };

    /// <summary>Whether a number of the document is a duration, which also comes as text.</summary>
    public static bool IsDuration(string schema, string member) => (schema, member) switch
    {
        ("IntervalSchedule", "interval") => true,
        ("EventTrigger" or "CompoundTrigger-Input" or "SequenceTrigger-Input", "within") => true,
        ("RunDeployment", "schedule_after") => true,
        _ => false,
    };

    /// <summary>Whether null is taken although the document says text: a run without a name is given one, a webhook without a payload has no body.</summary>
    public static bool TakesNull(string schema, string member) => (schema, member) switch
    {
        ("FlowRunCreate" or "DeploymentFlowRunCreate" or "TaskRunCreate", "name") => true,
        ("CallWebhook", "payload") => true,
        _ => false,
    };

    /// <summary>Whether an object is taken although the document says text.</summary>
    public static bool TakesObject(string schema, string member) => (schema, member) == ("CallWebhook", "payload");

    /// <summary>Keys that old clients send and that no longer mean anything.</summary>
    public static string[] RetiredKeys(string schema) => schema is "DeploymentCreate" or "DeploymentUpdate" ? RetiredDeploymentKeys : [];
}
