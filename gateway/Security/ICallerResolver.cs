namespace Orchestrator.Gateway.Security;

/// <summary>Tells who calls. The one place where keys are looked at.</summary>
internal interface ICallerResolver
{
    /// <summary>Throws the problem to answer when it is nobody who may come in.</summary>
    ValueTask<CallerContext> ResolveAsync(HttpContext http);
}
