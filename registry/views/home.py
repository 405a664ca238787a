def home(request, **kwargs):
    raise NotImplementedError


def choose_language(request, **kwargs):
    raise NotImplementedError
