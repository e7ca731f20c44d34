namespace Orchestrator.Gateway.Security;

/// <summary>Tells who calls. The one place where keys are looked at.</summary>
internal interface ICallerResolver
{
    CallerContext Resolve(HttpContext http);
}
