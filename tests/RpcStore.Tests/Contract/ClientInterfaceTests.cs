using System.Reflection;
using System.Text.Json.Nodes;
using RpcStore.Client;
using RpcStore.Contract;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>
/// The interfaces that clients call have the shape that libraries which make proxies of interfaces ask for: one method a method
/// of the contract, the same parameters in the same order, a task of the result, a cancellation token last, nothing else.
/// </summary>
public sealed class ClientInterfaceTests
{
    private static readonly JsonNode Document =
        JsonNode.Parse(File.ReadAllText(Path.Combine(ContractFiles.Repository, "openrpc.json")))!;

    public static TheoryData<string> Domains =>
        [.. Document["methods"]!.AsArray().Select(method => ((string)method!["name"]!).Split('.')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Domains))]
    public void Methods_have_the_names_and_parameters_of_the_contract(string domain)
    {
        var transform = TransformOf(domain);
        var declared = InterfaceOf(domain).GetMethods().ToDictionary(
            method => transform(method.Name), method => method.GetParameters()[..^1].Select(parameter => parameter.Name!).ToArray());
        var expected = Document["methods"]!.AsArray().Where(method => ((string)method!["name"]!).StartsWith(domain + ".", StringComparison.Ordinal)).ToDictionary(
            method => (string)method!["name"]!, method => method!["params"]!.AsArray().Select(parameter => (string)parameter!["name"]!).ToArray());
        Assert.Equal(expected, declared);
    }

    [Theory]
    [MemberData(nameof(Domains))]
    public void Methods_return_tasks_and_take_a_cancellation_token_last(string domain)
    {
        var type = InterfaceOf(domain);
        Assert.Equal(type.GetMethods().Cast<MemberInfo>(), type.GetMembers());
        Assert.All(type.GetMethods(), method =>
        {
            Assert.False(method.IsGenericMethod);
            Assert.Equal(typeof(ValueTask<>), method.ReturnType.GetGenericTypeDefinition());
            var parameters = method.GetParameters();
            Assert.Equal(typeof(CancellationToken), parameters[^1].ParameterType);
            Assert.Single(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
            Assert.DoesNotContain(parameters, parameter => parameter.ParameterType.IsByRef);
        });
    }

    [Theory]
    [MemberData(nameof(Domains))]
    public void A_client_gives_every_domain_as_its_interface(string domain) =>
        Assert.Equal(InterfaceOf(domain), typeof(RpcStoreClient).GetProperty(Capital(domain))!.PropertyType);

    private static Type InterfaceOf(string domain) =>
        typeof(IBlobsClient).Assembly.GetType($"RpcStore.Contract.I{Capital(domain)}Client", throwOnError: true)!;

    private static Func<string, string> TransformOf(string domain) =>
        typeof(MethodNameTransforms).GetMethod(Capital(domain))!.CreateDelegate<Func<string, string>>();

    private static string Capital(string domain) => char.ToUpperInvariant(domain[0]) + domain[1..];
}
