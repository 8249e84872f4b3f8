using Reeve.Core;
using Reeve.Core.JsonSchema;

namespace Reeve.Worker.Process;

/// <summary>Facts about work pools of type <c>process</c>, whose runs are processes on the worker's machine.</summary>
public static class ProcessPool
{
    public const string Type = "process";

    /// <summary>The template of a new pool: every job variable with its default. Prefect's own process worker understands it as well.</summary>
    public static RawJson BaseJobTemplate { get; } = RawJson.Parse(
        """
        {
          "job_configuration": {
            "command": "{{ command }}",
            "env": "{{ env }}",
            "labels": "{{ labels }}",
            "name": "{{ name }}",
            "stream_output": "{{ stream_output }}",
            "working_dir": "{{ working_dir }}"
          },
          "variables": {
            "type": "object",
            "properties": {
              "name": {
                "title": "Name",
                "description": "Name of the process, for people.",
                "anyOf": [{"type": "string"}, {"type": "null"}],
                "default": null
              },
              "labels": {
                "title": "Labels",
                "description": "Labels of the job.",
                "type": "object",
                "additionalProperties": {"type": "string"}
              },
              "env": {
                "title": "Environment Variables",
                "description": "Environment variables of the process; null takes one away.",
                "type": "object",
                "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "null"}]}
              },
              "command": {
                "title": "Command",
                "description": "What to run. Without one, or with one that starts Prefect's engine, the Python flow of the deployment runs. Any other command is run as it is: exit code 0 completes the run, another one fails it.",
                "anyOf": [{"type": "string"}, {"type": "null"}],
                "default": null
              },
              "stream_output": {
                "title": "Stream Output",
                "description": "Show the output of runs on the worker's console.",
                "type": "boolean",
                "default": true
              },
              "working_dir": {
                "title": "Working Directory",
                "description": "Where to run. Without one each run gets a temporary directory.",
                "anyOf": [{"type": "string", "format": "path"}, {"type": "null"}],
                "default": null
              }
            }
          }
        }
        """);

    internal static JsonMap DefaultTemplate() => (JsonMap)JsonTree.Parse(BaseJobTemplate.Utf8)!;
}
