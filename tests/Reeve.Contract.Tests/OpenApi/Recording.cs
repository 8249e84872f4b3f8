namespace Reeve.Contract.Tests.OpenApi;

internal sealed record Recording(string Scenario, string Method, string Path, string Body, int Status, string Response);
